class Agent:
    def step(self, t: int) -> None: pass
    def energy(self) -> int: return 0
    def alive(self) -> bool: return True
class Weather:
    def __init__(self, wind: int, heat: int) -> None:
        self.wind = wind
        self.heat = heat
    def pressure(self) -> int: return self.wind * 2 + self.heat
class Walker(Agent):
    def __init__(self, x: int, v: int) -> None:
        self.x = x
        self.v = v
    def step(self, t: int) -> None:
        self.x += self.v
        if self.x > 100 or self.x < -100: self.v = -self.v
    def energy(self) -> int: return self.v * self.v
class Jumper(Agent):
    def __init__(self, x: int, height: int, up: bool) -> None:
        self.x = x
        self.height = height
        self.up = up
    def step(self, t: int) -> None:
        if self.up:
            self.height += 3
            if self.height > 20: self.up = False
        else:
            self.height -= 2
            if self.height <= 0: self.up = True
        self.x += 1
    def energy(self) -> int: return self.height
class Sleeper(Agent):
    def __init__(self, slept: int, until: int) -> None:
        self.slept = slept
        self.until = until
    def step(self, t: int) -> None:
        if t >= self.until:
            self.slept += 1
            self.until = t + 5
    def energy(self) -> int: return 1
    def alive(self) -> bool: return self.slept < 1000000
class Herd(Agent):
    def __init__(self, members: list[Agent], weather: Weather) -> None:
        self.members = members
        self.weather = weather
    def step(self, t: int) -> None:
        for m in self.members: m.step(t)
        self.weather = Weather(t % 7, self.weather.heat + 1)
    def energy(self) -> int:
        sum = self.weather.pressure() % 5
        for m in self.members:
            if m.alive(): sum += m.energy()
        return sum
def herd(size: int) -> Herd:
    members: list[Agent] = []
    for i in range(size):
        members.append(Walker(i, i % 5 + 1))
        members.append(Jumper(0, i, True))
        members.append(Sleeper(0, i))
    return Herd(members, Weather(0, 0))
def main() -> None:
    agents: list[Agent] = [herd(10), Walker(0, 3), herd(20), Jumper(0, 0, True), herd(5), Sleeper(0, 0)]
    total = 0
    for t in range(16000):
        for a in agents: a.step(t)
        for a in agents:
            if a.alive(): total += a.energy()
    print(total)
main()
