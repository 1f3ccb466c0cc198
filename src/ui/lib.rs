//! A small DOM kit over web-sys
