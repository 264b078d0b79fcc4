local function class(parent)
  local c = {}
  c.__index = c
  return setmetatable(c, parent)
end
local Agent = {alive = function(self) return true end}
Agent.__index = Agent
local Walker, Jumper, Sleeper, Herd = class(Agent), class(Agent), class(Agent), class(Agent)
local Weather = class()
function Weather.new(wind, heat) return setmetatable({wind = wind, heat = heat}, Weather) end
function Weather:pressure() return self.wind * 2 + self.heat end
function Walker.new(x, v) return setmetatable({x = x, v = v}, Walker) end
function Walker:step(t)
  self.x = self.x + self.v
  if self.x > 100 or self.x < -100 then self.v = -self.v end
end
function Walker:energy() return self.v * self.v end
function Jumper.new(x, height, up) return setmetatable({x = x, height = height, up = up}, Jumper) end
function Jumper:step(t)
  if self.up then
    self.height = self.height + 3
    if self.height > 20 then self.up = false end
  else
    self.height = self.height - 2
    if self.height <= 0 then self.up = true end
  end
  self.x = self.x + 1
end
function Jumper:energy() return self.height end
function Sleeper.new(slept, until_) return setmetatable({slept = slept, until_ = until_}, Sleeper) end
function Sleeper:step(t)
  if t >= self.until_ then
    self.slept = self.slept + 1
    self.until_ = t + 5
  end
end
function Sleeper:energy() return 1 end
function Sleeper:alive() return self.slept < 1000000 end
function Herd.new(members, weather) return setmetatable({members = members, weather = weather}, Herd) end
function Herd:step(t)
  for _, m in ipairs(self.members) do m:step(t) end
  self.weather = Weather.new(t % 7, self.weather.heat + 1)
end
function Herd:energy()
  local sum = self.weather:pressure() % 5
  for _, m in ipairs(self.members) do
    if m:alive() then sum = sum + m:energy() end
  end
  return sum
end
local function herd(size)
  local members = {}
  for i = 0, size - 1 do
    members[#members + 1] = Walker.new(i, i % 5 + 1)
    members[#members + 1] = Jumper.new(0, i, true)
    members[#members + 1] = Sleeper.new(0, i)
  end
  return Herd.new(members, Weather.new(0, 0))
end
local agents = {herd(10), Walker.new(0, 3), herd(20), Jumper.new(0, 0, true), herd(5), Sleeper.new(0, 0)}
local total = 0
for t = 0, 15999 do
  for _, a in ipairs(agents) do a:step(t) end
  for _, a in ipairs(agents) do
    if a:alive() then total = total + a:energy() end
  end
end
print(total)
