//! Lines of a file or of standard input, one after the other or by several threads, in bounded memory.

use crate::failure::Failure;
use indicatif::{ProgressBar, ProgressStyle};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read as _};
use std::num::NonZero;
use std::panic::resume_unwind;
use std::path::Path;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel, sync_channel};
use std::thread::{self, ScopedJoinHandle};
use tresen_core::diag::Diagnostic;

/// No line is longer
const LINE_MAX: u64 = 1 << 20;

/// A thread gets so many bytes at once, and what is left of the last line
const BATCH: usize = 1 << 18;

/// Lines as they come
pub(crate) struct Lines {
    source: Box<dyn BufRead>,
    number: u64,
    bar: ProgressBar,
}

/// A line that was read
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line {
    /// Its number, from 1
    pub(crate) number: u64,
    /// Whether it is longer than any may be, so that only its beginning was read
    pub(crate) too_long: bool,
}

impl Lines {
    /// Opens a file, or standard input for `-`; a terminal sees a bar of how many of what is counted are done
    pub(crate) fn open(path: &Path, counted: &str) -> Result<Self, Failure> {
        if path == Path::new("-") {
            return Ok(Self { source: Box::new(io::stdin().lock()), number: 0, bar: progress(None, counted) });
        }
        let file = File::open(path).map_err(|error| Failure::reading(path, &error))?;
        let bytes = file.metadata().ok().map(|metadata| metadata.len());
        Ok(Self { source: Box::new(BufReader::with_capacity(1 << 16, file)), number: 0, bar: progress(bytes, counted) })
    }

    /// Appends the next line that is not empty; nothing at the end
    pub(crate) fn next(&mut self, bytes: &mut Vec<u8>) -> Result<Option<Line>, Failure> {
        let begin = bytes.len();
        let failure = |error: io::Error| Failure::reading(Path::new("the lines"), &error);
        loop {
            let read = (&mut self.source).take(LINE_MAX).read_until(b'\n', bytes).map_err(failure)?;
            if read == 0 {
                self.bar.finish_and_clear();
                return Ok(None);
            }
            self.number = self.number.saturating_add(1);
            let mut length = u64::try_from(read).unwrap_or(LINE_MAX);
            let too_long = length == LINE_MAX && !bytes.ends_with(b"\n");
            if too_long {
                let skipped = self.source.skip_until(b'\n').map_err(failure)?;
                length = length.saturating_add(u64::try_from(skipped).unwrap_or(0));
            }
            self.bar.inc(length);
            if self.number.is_multiple_of(1_000) {
                self.bar.set_message(self.number.to_string());
            }
            if bytes.get(begin..).is_some_and(|line| !line.trim_ascii().is_empty()) {
                return Ok(Some(Line { number: self.number, too_long }));
            }
            bytes.truncate(begin);
        }
    }

    /// Has threads look at all lines, one a core; what each has found is put together
    pub(crate) fn all<L: Looker>(mut self, new: impl Fn() -> L) -> Result<L, Failure> {
        let threads = thread::available_parallelism().map_or(1, NonZero::get);
        let (full, batches) = sync_channel(threads);
        let batches = Mutex::new(batches);
        let mut found = new();
        thread::scope(|scope| {
            let (empty, emptied) = channel();
            let workers: Vec<ScopedJoinHandle<'_, L>> = (0..threads)
                .map(|_| {
                    let (looker, batches, empty) = (new(), &batches, empty.clone());
                    scope.spawn(move || look(looker, batches, &empty))
                })
                .collect();
            let read = loop {
                let mut batch: Batch = emptied.try_recv().unwrap_or_default();
                let more = batch.fill(&mut self, &mut found);
                // Nobody takes it only if all of them have died, which joining them tells.
                let taken = batch.lines.is_empty() || full.send(batch).is_ok();
                match more {
                    Ok(true) if taken => {}
                    Ok(_) => break Ok(()),
                    Err(failure) => break Err(failure),
                }
            };
            drop(full);
            for worker in workers {
                found.merge(worker.join().unwrap_or_else(|payload| resume_unwind(payload)));
            }
            read
        })?;
        Ok(found)
    }
}

/// What looks at lines; several of them look at different lines of one file, each at later and later ones
pub(crate) trait Looker: Send {
    /// Looks at a line
    fn look(&mut self, number: u64, line: &[u8]);
    /// Hears of a line that cannot be looked at
    fn refuse(&mut self, number: u64, diagnostics: Vec<Diagnostic>);
    /// Takes over what another has found
    fn merge(&mut self, other: Self);
}

/// Some lines, one behind the other
#[derive(Default)]
struct Batch {
    bytes: Vec<u8>,
    /// The number of each line, and where it ends
    lines: Vec<(u64, usize)>,
}

impl Batch {
    /// Takes lines until it has enough; whether there may be more
    fn fill(&mut self, lines: &mut Lines, found: &mut impl Looker) -> Result<bool, Failure> {
        self.bytes.clear();
        self.lines.clear();
        while self.bytes.len() < BATCH {
            let begin = self.bytes.len();
            let Some(line) = lines.next(&mut self.bytes)? else { return Ok(false) };
            if line.too_long {
                self.bytes.truncate(begin);
                found.refuse(line.number, too_long());
            } else {
                self.lines.push((line.number, self.bytes.len()));
            }
        }
        Ok(true)
    }
}

/// Looks at batches as long as there are any, and hands them back
fn look<L: Looker>(mut looker: L, batches: &Mutex<Receiver<Batch>>, empty: &Sender<Batch>) -> L {
    loop {
        let next = batches.lock().map(|batches| batches.recv());
        let Ok(Ok(batch)) = next else { return looker };
        let mut begin = 0;
        for (number, end) in &batch.lines {
            looker.look(*number, batch.bytes.get(begin..*end).unwrap_or_default());
            begin = *end;
        }
        // Who reads may have stopped.
        let _ = empty.send(batch);
    }
}

/// A bar on a terminal, nothing anywhere else
fn progress(bytes: Option<u64>, counted: &str) -> ProgressBar {
    let bar = bytes.map_or_else(ProgressBar::new_spinner, ProgressBar::new);
    let known = format!("{{wide_bar}} {{percent}} %  {{msg}} {counted}  {{eta}} left");
    let unknown = format!("{{spinner}} {{msg}} {counted}");
    match ProgressStyle::with_template(if bytes.is_some() { &known } else { &unknown }) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// That a line is longer than any may be
pub(crate) fn too_long() -> Vec<Diagnostic> {
    vec![Diagnostic::error("json.too_long", "", format!("the line has more than {LINE_MAX} bytes"), "write one set of facts a line")]
}
