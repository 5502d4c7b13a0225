// Dresses the page as it was last dressed, before anything is painted; src/state/look.ts writes what this reads.
try {
  const { theme, density, text } = JSON.parse(localStorage.getItem("look") ?? "{}");
  const root = document.documentElement;
  if (typeof theme === "string") root.dataset.theme = theme;
  if (typeof density === "string") root.dataset.density = density;
  if (typeof text === "number") root.style.setProperty("--text", String(text));
} catch {
  // Nothing is kept, or nothing that can be read: the page looks as the desktop says.
}
