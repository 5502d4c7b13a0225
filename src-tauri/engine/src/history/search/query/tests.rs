//! The search box's language, case by case.
