//! How a feed's events read where a person says so, as the window edits it.

use serde::{Deserialize, Serialize};
use specta::Type;
use tidings_engine::engine::{self, RequestError};
use tidings_engine::event::Reading;
use tidings_engine::format::template;
use tidings_engine::settings;

use super::event::Priority;
use crate::failure::Failure;

/// Templates, one a part; an empty one leaves the part as it reads by itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Templates {
    title: String,
    body: String,
    link: String,
    priority: String,
    key: String,
    group: String,
}

/// Why a template can't be used: which one, and where in it, counted from 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TemplateFault {
    part: TemplatePart,
    line: u32,
    column: u32,
    problem: String,
}

/// A part of an event that a template can make.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(super) enum TemplatePart {
    Title,
    Body,
    Link,
    Priority,
    Key,
    Group,
}

/// How stored events would read, and which templates can't be used for any.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Rehearsal {
    previews: Vec<TemplatePreview>,
    faults: Vec<TemplateFault>,
}

/// How a stored event would read; the faults are those it alone makes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(super) struct TemplatePreview {
    title: String,
    body: String,
    link: Option<String>,
    priority: Priority,
    key: Option<String>,
    group: Option<String>,
    faults: Vec<TemplateFault>,
}

/// Gives what the engine found wrong as an answer, and any other refusal as a refusal.
pub fn template_faults_of(error: RequestError) -> Result<Vec<TemplateFault>, Failure> {
    match error {
        RequestError::Templates(errors) => Ok(errors.into_iter().map(Into::into).collect()),
        error @ (RequestError::Invalid { .. }
        | RequestError::Rules(_)
        | RequestError::Search(_)
        | RequestError::List(_)
        | RequestError::Gone(_)
        | RequestError::Keyring(_)
        | RequestError::Storage(_)
        | RequestError::Stopped(_)) => Err(error.into()),
    }
}

impl From<settings::Templates> for Templates {
    fn from(templates: settings::Templates) -> Self {
        let settings::Templates { title, body, link, priority, key, group } = templates;
        Self { title, body, link, priority, key, group }
    }
}

impl From<Templates> for settings::Templates {
    fn from(templates: Templates) -> Self {
        let Templates { title, body, link, priority, key, group } = templates;
        Self { title, body, link, priority, key, group }
    }
}

impl From<template::TemplateError> for TemplateFault {
    fn from(error: template::TemplateError) -> Self {
        let template::TemplateError { part, line, column, problem } = error;
        let place = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Self { part: part.into(), line: place(line), column: place(column), problem }
    }
}

impl From<template::Part> for TemplatePart {
    fn from(part: template::Part) -> Self {
        match part {
            template::Part::Title => Self::Title,
            template::Part::Body => Self::Body,
            template::Part::Link => Self::Link,
            template::Part::Priority => Self::Priority,
            template::Part::Key => Self::Key,
            template::Part::Group => Self::Group,
        }
    }
}

impl From<engine::Rehearsal> for Rehearsal {
    fn from(rehearsal: engine::Rehearsal) -> Self {
        let engine::Rehearsal { previews, errors } = rehearsal;
        Self {
            previews: previews.into_iter().map(Into::into).collect(),
            faults: errors.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<engine::Preview> for TemplatePreview {
    fn from(preview: engine::Preview) -> Self {
        let engine::Preview { reading, errors } = preview;
        let Reading { title, body, link, priority, key, group, actions: _, withdraws: _ } = reading;
        let faults = errors.into_iter().map(Into::into).collect();
        Self { title, body, link, priority: priority.into(), key, group, faults }
    }
}
