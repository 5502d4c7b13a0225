//! What the app can be told when it starts.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::Parser;

/// Turns any Server-Sent Events feed into desktop notifications with a searchable history.
#[derive(Debug, Parser, PartialEq, Eq)]
#[command(name = "tidings", version, about, after_help = "In a terminal: tidings listen URL, tidings demo.")]
pub(crate) struct Arguments {
    /// Starts in the tray, without a window
    #[arg(long)]
    pub(crate) hidden: bool,

    /// Starts as the settings say of a start at login: in the tray, or with the window
    #[arg(long)]
    pub(crate) at_login: bool,

    /// Runs everything in this one program, which then stays for as long as feeds are watched
    #[arg(long)]
    pub(crate) one_process: bool,

    /// Proposes a feed: its address, or a link like tidings://add?url=…; nothing is done until you agree
    #[arg(value_name = "URL")]
    pub(crate) link: Option<String>,

    /// Keeps settings, history and cache in DIR, apart from your own [env: TIDINGS_PROFILE]
    #[arg(long, value_name = "DIR")]
    pub(crate) profile: Option<PathBuf>,
}

impl Arguments {
    /// Reads the command line, the program's own name first; `profile` stands in for an absent `--profile`.
    ///
    /// # Errors
    /// What clap says: a mistake, or a wish for help or the version.
    pub(crate) fn read(line: Vec<OsString>, profile: Option<OsString>) -> Result<Self, clap::Error> {
        let mut arguments = Self::try_parse_from(line)?;
        let named = profile.filter(|folder| !folder.is_empty()).map(PathBuf::from);
        arguments.profile = arguments.profile.or(named);
        Ok(arguments)
    }

    /// The link that a second start hands over.
    pub(crate) fn link(line: &[String]) -> Option<String> {
        Self::try_parse_from(line).ok()?.link
    }

    /// Whether a second start with these arguments wants to see the window; autostart beside a running app doesn't.
    pub(crate) fn wants_window(line: &[String]) -> bool {
        Self::try_parse_from(line).map_or(true, |arguments| !arguments.hidden && !arguments.at_login)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &[&str], profile: Option<&str>) -> Result<Arguments, clap::Error> {
        let line = std::iter::once("tidings").chain(line.iter().copied()).map(OsString::from).collect();
        Arguments::read(line, profile.map(OsString::from))
    }

    #[test]
    fn without_arguments_the_window_opens_on_the_persons_own_settings() {
        let arguments = read(&[], None).expect("valid");
        assert_eq!(
            arguments,
            Arguments { hidden: false, at_login: false, one_process: false, link: None, profile: None }
        );
    }

    #[test]
    fn the_command_line_names_the_profile_before_the_environment_does() {
        let profile = |line: &[&str], environment| read(line, environment).expect("valid").profile;
        assert_eq!(profile(&[], Some("/env")), Some("/env".into()));
        assert_eq!(profile(&["--profile", "/line"], Some("/env")), Some("/line".into()));
        assert_eq!(profile(&["--profile=/line"], None), Some("/line".into()));
        assert_eq!(profile(&[], Some("")), None);
    }

    #[test]
    fn a_link_is_handed_over_by_a_second_start_too() {
        assert_eq!(
            read(&["https://example.org"], None).expect("valid").link.as_deref(),
            Some("https://example.org")
        );
        let line = ["tidings", "tidings://add?url=x"].map(str::to_owned);
        assert_eq!(Arguments::link(&line).as_deref(), Some("tidings://add?url=x"));
        assert_eq!(Arguments::link(&line[..1]), None);
    }

    #[test]
    fn mistakes_are_refused() {
        assert!(read(&["--hiden"], None).is_err());
        assert!(read(&["--profile"], None).is_err());
        assert!(read(&["https://example.org", "https://example.com"], None).is_err());
    }

    #[test]
    fn only_a_hidden_second_start_leaves_the_window_alone() {
        let wants = |line: &[&str]| {
            Arguments::wants_window(&line.iter().map(|&word| word.to_owned()).collect::<Vec<_>>())
        };
        assert!(wants(&["tidings"]));
        assert!(wants(&["tidings", "--unheard-of"]));
        assert!(!wants(&["tidings", "--hidden"]));
        assert!(!wants(&["tidings", "--at-login"]));
    }
}
