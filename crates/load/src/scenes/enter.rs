//! P6: everybody is connected, and enters one room at the same moment.

use crate::crowd::{Crowd, Quiet, Scene, entering};
use crate::net::Net;
use crate::report::{Report, Target};
use crate::stage::Stage;
use crate::{Options, Res};
use std::time::{Duration, Instant};

struct Entered(usize);

impl Scene for Entered {
    fn delivered(&mut self, _: &mut Net, _: usize, _: u64) {}

    fn answered(&mut self, _: &mut Net, _: usize, _: &[u8]) {
        self.0 += 1;
    }
}

/// Plays it.
pub fn play(options: &Options, members: usize, report: &mut Report) -> Res {
    let mut stage = Stage::new(options)?;
    let people = stage.members(0, members)?;
    let room = stage.room("Everybody")?;
    let mut crowd = Crowd::new(stage.address(), &people, false)?;
    crowd.connect(&(0..members).collect::<Vec<_>>(), 100)?;
    crowd.settle(Duration::from_millis(500))?;
    let before = crowd.tally().others;
    let (begin, mut entered) = (Instant::now(), Entered(0));
    for id in 0..members {
        crowd.net.send(id, &entering(&room, b""));
    }
    while entered.0 < members {
        crowd.turn(Duration::from_millis(100), &mut entered)?;
        if begin.elapsed() > Duration::from_secs(60) {
            return Err(format!("only {} of {members} are inside", entered.0).into());
        }
    }
    let target = if members == 1_000 { Target::AtMost(0.3) } else { Target::None };
    report.add("P6", format!("{members} enter one room, s"), begin.elapsed().as_secs_f64(), target);
    crowd.settle(Duration::from_millis(1_500))?;
    let told = (crowd.tally().others - before) as f64 / members as f64;
    report.add("P6", format!("{members} enter one room: events that each is told of it"), told, Target::None);
    crowd.turn(Duration::ZERO, &mut Quiet)?;
    crowd.judge(report);
    crowd.cut(&(0..members).collect::<Vec<_>>());
    stage.stop()
}
