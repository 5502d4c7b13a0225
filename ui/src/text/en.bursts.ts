// What the window says about feeds that send more than popups can show, in English.
export const bursts = {
  bursts: {
    about: (feed: string) => `${feed} sends more than popups can show.`,
    historyOnly: "Keep in history only",
    leave: "Leave it",
    kept: (feed: string) => `${feed} is kept in the history only. Its settings bring popups back.`,
    left: (feed: string) => `Popups of ${feed} stay as they are.`,
  },
};
