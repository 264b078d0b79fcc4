local function make(depth)
  if depth == 0 then return {} end
  return {make(depth - 1), make(depth - 1)}
end
local function check(tree)
  if tree[1] then return 1 + check(tree[1]) + check(tree[2]) end
  return 1
end
local most = 15
local long_lived = make(most)
local depth = 4
while depth <= most do
  local rounds = math.floor(2 ^ (most - depth + 4))
  local total = 0
  for i = 1, rounds do total = total + check(make(depth)) end
  print(rounds .. " " .. depth .. " " .. total)
  depth = depth + 4
end
print(check(long_lived))
