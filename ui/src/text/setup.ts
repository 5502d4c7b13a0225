// The unit tests read English.
import { speak } from ".";

await speak("en", null);
