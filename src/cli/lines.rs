//! Lines of a file or of standard input, one after the other or by several threads, in bounded memory.

use crate::failure::Failure;
use indicatif::{ProgressBar, ProgressStyle};
use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind};
use std::num::NonZero;
use std::panic::resume_unwind;
use std::path::Path;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel, sync_channel};
use std::thread::{self, ScopedJoinHandle};
use tresen_wire::backtest::Looker;
use tresen_wire::lines::{Splitter, too_long};

/// A thread gets so many bytes at once, and what is left of the last line
const BATCH: usize = 1 << 18;

/// Lines as they come
pub(crate) struct Lines {
    source: Box<dyn BufRead>,
    splitter: Splitter,
    bar: ProgressBar,
}

/// A line that was read
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line {
    /// Its number, from 1
    pub(crate) number: u64,
    /// Whether it is longer than any may be, so that nothing of it was read
    pub(crate) too_long: bool,
}

impl Lines {
    /// Opens a file, or standard input for `-`; a terminal sees a bar of how many of what is counted are done
    pub(crate) fn open(path: &Path, counted: &str) -> Result<Self, Failure> {
        if path == Path::new("-") {
            return Ok(Self { source: Box::new(io::stdin().lock()), splitter: Splitter::default(), bar: progress(None, counted) });
        }
        let file = File::open(path).map_err(|error| Failure::reading(path, &error))?;
        let bytes = file.metadata().ok().map(|metadata| metadata.len());
        Ok(Self { source: Box::new(BufReader::with_capacity(1 << 16, file)), splitter: Splitter::default(), bar: progress(bytes, counted) })
    }

    /// Appends the next line that is not empty; nothing at the end
    pub(crate) fn next(&mut self, bytes: &mut Vec<u8>) -> Result<Option<Line>, Failure> {
        loop {
            let mut rest = match self.source.fill_buf() {
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                read => read.map_err(|error| Failure::reading(Path::new("the lines"), &error))?,
            };
            let (there, at_end) = (rest.len(), rest.is_empty());
            let line = if at_end { self.splitter.end() } else { self.splitter.next(&mut rest) };
            bytes.extend_from_slice(line.and_then(|line| line.text).unwrap_or_default());
            let line = line.map(|line| Line { number: line.number, too_long: line.text.is_none() });
            let taken = there.saturating_sub(rest.len());
            self.source.consume(taken);
            self.bar.inc(u64::try_from(taken).unwrap_or(0));
            match line {
                Some(line) => {
                    if line.number.is_multiple_of(1_000) {
                        self.bar.set_message(line.number.to_string());
                    }
                    return Ok(Some(line));
                }
                None if at_end => {
                    self.bar.finish_and_clear();
                    return Ok(None);
                }
                None => {}
            }
        }
    }

    /// Has threads look at all lines, one a core; what each has found is put together
    pub(crate) fn all<L: Looker + Send>(mut self, new: impl Fn() -> L) -> Result<L, Failure> {
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
            let Some(line) = lines.next(&mut self.bytes)? else { return Ok(false) };
            if line.too_long {
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
