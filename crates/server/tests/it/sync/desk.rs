//! The operators' side: their list of conversations with members follows the same events.
