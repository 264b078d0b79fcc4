local function quicksort(xs, lo, hi)
  if lo >= hi then return end
  local pivot = xs[math.floor((lo + hi) / 2)]
  local i, j = lo, hi
  while i <= j do
    while xs[i] < pivot do i = i + 1 end
    while xs[j] > pivot do j = j - 1 end
    if i <= j then
      local t = xs[i]
      xs[i] = xs[j]
      xs[j] = t
      i = i + 1
      j = j - 1
    end
  end
  quicksort(xs, lo, j)
  quicksort(xs, i, hi)
end
local n = 600000
local seed = 7
local xs = {}
for i = 1, n do
  seed = seed * 16807 % 2147483647
  xs[i] = seed
end
quicksort(xs, 1, n)
print(xs[1] .. " " .. xs[math.floor(n / 2) + 1] .. " " .. xs[n])
