//! Corpus, laws, differential tests, tidiness
