//! The work itself: looks for what is due, sends it, writes down what came of it.

use super::{lease, send};
use crate::app::{App, blocking};
use std::sync::Arc;
use tokio::task::JoinSet;

/// Messages under way at once, to all receivers
const AT_ONCE: usize = 16;

/// How many looks lie between two sweeps: an hour, as often as is looked where nothing else is said
const SWEEP_EVERY: u32 = 7_200;

/// Delivers for as long as the service runs
pub async fn deliver(app: Arc<App>) {
    let Some(look_every) = app.config.deliver_every else { return };
    let agent = send::agent(&app.config);
    let mut under_way: JoinSet<()> = JoinSet::new();
    let mut every = tokio::time::interval(look_every);
    let mut looks: u32 = 0;
    loop {
        tokio::select! {
            _ = every.tick() => {}
            Some(_) = under_way.join_next() => {}
        }
        while under_way.try_join_next().is_some() {}
        let (room, looking) = (AT_ONCE.saturating_sub(under_way.len()), Arc::clone(&app));
        // A failure is in the log already; the next look tries again.
        for parcel in blocking(move || lease::claim(&looking, room)).await.unwrap_or_default() {
            let (app, agent) = (Arc::clone(&app), agent.clone());
            under_way.spawn(async move {
                let done = blocking(move || lease::settle(&app, &parcel, send::send(&agent, &parcel))).await;
                // Where that cannot be written down, the lease ends and the message goes again.
                drop(done);
            });
        }
        looks = looks.wrapping_add(1);
        if looks.is_multiple_of(SWEEP_EVERY) {
            let sweeping = Arc::clone(&app);
            let _ = blocking(move || lease::sweep(&sweeping)).await;
        }
    }
}
