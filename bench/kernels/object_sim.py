class Agent:
    __slots__ = ()
    def alive(self): return True
class Weather:
    __slots__ = ("wind", "heat")
    def __init__(self, wind, heat):
        self.wind = wind
        self.heat = heat
    def pressure(self): return self.wind * 2 + self.heat
class Walker(Agent):
    __slots__ = ("x", "v")
    def __init__(self, x, v):
        self.x = x
        self.v = v
    def step(self, t):
        self.x += self.v
        if self.x > 100 or self.x < -100: self.v = -self.v
    def energy(self): return self.v * self.v
class Jumper(Agent):
    __slots__ = ("x", "height", "up")
    def __init__(self, x, height, up):
        self.x = x
        self.height = height
        self.up = up
    def step(self, t):
        if self.up:
            self.height += 3
            if self.height > 20: self.up = False
        else:
            self.height -= 2
            if self.height <= 0: self.up = True
        self.x += 1
    def energy(self): return self.height
class Sleeper(Agent):
    __slots__ = ("slept", "until")
    def __init__(self, slept, until):
        self.slept = slept
        self.until = until
    def step(self, t):
        if t >= self.until:
            self.slept += 1
            self.until = t + 5
    def energy(self): return 1
    def alive(self): return self.slept < 1000000
class Herd(Agent):
    __slots__ = ("members", "weather")
    def __init__(self, members, weather):
        self.members = members
        self.weather = weather
    def step(self, t):
        for m in self.members: m.step(t)
        self.weather = Weather(t % 7, self.weather.heat + 1)
    def energy(self):
        sum = self.weather.pressure() % 5
        for m in self.members:
            if m.alive(): sum += m.energy()
        return sum
def herd(size):
    members = []
    for i in range(size):
        members.append(Walker(i, i % 5 + 1))
        members.append(Jumper(0, i, True))
        members.append(Sleeper(0, i))
    return Herd(members, Weather(0, 0))
def main():
    agents = [herd(10), Walker(0, 3), herd(20), Jumper(0, 0, True), herd(5), Sleeper(0, 0)]
    total = 0
    for t in range(16000):
        for a in agents: a.step(t)
        for a in agents:
            if a.alive(): total += a.energy()
    print(total)
main()
