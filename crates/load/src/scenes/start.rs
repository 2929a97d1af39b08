//! P9: from the start of the process to a client that is signed in and ready, memory at rest, size of the binary.

use crate::crowd::Crowd;
use crate::http::Client;
use crate::report::{Report, Target};
use crate::stage::Stage;
use crate::{Options, Res};
use std::time::Duration;

/// Starts over data that exist, as after an upgrade.
pub fn play(options: &Options, report: &mut Report) -> Res {
    let mut stage = Stage::new(options)?;
    stage.members(0, 1)?;
    stage.restart()?;
    let started = stage.server()?.started;
    let listening = stage.server()?.listening_after;
    let member = stage.sign_in(&mut Client::new(stage.address())?, 0)?;
    let signed_in = started.elapsed();
    let mut crowd = Crowd::new(stage.address(), &[member], false)?;
    crowd.connect(&[0], 1)?;
    let ready = started.elapsed();
    crowd.settle(Duration::from_secs(2))?;
    let millis = |time: Duration| time.as_secs_f64() * 1e3;
    report.add("P9", "start to listening, ms", millis(listening), Target::None);
    report.add("P9", "start to the first answer to a sign-in, ms", millis(signed_in), Target::None);
    report.add("P9", "start to the first client ready, ms", millis(ready), Target::AtMost(50.0));
    report.add("P9", "memory at rest, MiB", stage.server()?.memory()? / 1024.0, Target::AtMost(20.0));
    let size = std::fs::metadata(&options.bin)?.len() as f64 / 1024.0 / 1024.0;
    report.add("P9", "binary, MiB", size, Target::AtMost(30.0));
    crowd.judge(report);
    stage.stop()
}
