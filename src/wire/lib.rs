//! The JSON at every border of the service
