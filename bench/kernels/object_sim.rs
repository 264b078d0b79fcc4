trait Agent {
    fn step(&mut self, t: i64);
    fn energy(&self) -> i64;
    fn alive(&self) -> bool {
        true
    }
}

struct Walker {
    x: i64,
    v: i64,
}

struct Jumper {
    x: i64,
    height: i64,
    up: bool,
}

struct Sleeper {
    slept: i64,
    until: i64,
}

struct Weather {
    wind: i64,
    heat: i64,
}

impl Weather {
    fn pressure(&self) -> i64 {
        self.wind * 2 + self.heat
    }
}

struct Herd {
    members: Vec<Box<dyn Agent>>,
    weather: Weather,
}

impl Agent for Walker {
    fn step(&mut self, _: i64) {
        self.x += self.v;
        if self.x > 100 || self.x < -100 {
            self.v = -self.v;
        }
    }

    fn energy(&self) -> i64 {
        self.v * self.v
    }
}

impl Agent for Jumper {
    fn step(&mut self, _: i64) {
        if self.up {
            self.height += 3;
            if self.height > 20 {
                self.up = false;
            }
        } else {
            self.height -= 2;
            if self.height <= 0 {
                self.up = true;
            }
        }
        self.x += 1;
    }

    fn energy(&self) -> i64 {
        self.height
    }
}

impl Agent for Sleeper {
    fn step(&mut self, t: i64) {
        if t >= self.until {
            self.slept += 1;
            self.until = t + 5;
        }
    }

    fn energy(&self) -> i64 {
        1
    }

    fn alive(&self) -> bool {
        self.slept < 1000000
    }
}

impl Agent for Herd {
    fn step(&mut self, t: i64) {
        for m in &mut self.members {
            m.step(t);
        }
        self.weather = Weather { wind: t % 7, heat: self.weather.heat + 1 };
    }

    fn energy(&self) -> i64 {
        let start = self.weather.pressure() % 5;
        start + self.members.iter().filter(|m| m.alive()).map(|m| m.energy()).sum::<i64>()
    }
}

fn herd(size: i64) -> Box<dyn Agent> {
    let mut members: Vec<Box<dyn Agent>> = Vec::new();
    for i in 0..size {
        members.push(Box::new(Walker { x: i, v: i % 5 + 1 }));
        members.push(Box::new(Jumper { x: 0, height: i, up: true }));
        members.push(Box::new(Sleeper { slept: 0, until: i }));
    }
    Box::new(Herd { members, weather: Weather { wind: 0, heat: 0 } })
}

fn main() {
    let mut agents: Vec<Box<dyn Agent>> = vec![
        herd(10),
        Box::new(Walker { x: 0, v: 3 }),
        herd(20),
        Box::new(Jumper { x: 0, height: 0, up: true }),
        herd(5),
        Box::new(Sleeper { slept: 0, until: 0 }),
    ];
    let mut total: i64 = 0;
    for t in 0..16000 {
        for a in &mut agents {
            a.step(t);
        }
        for a in &agents {
            if a.alive() {
                total += a.energy();
            }
        }
    }
    println!("{total}");
}
