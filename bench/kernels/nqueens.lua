local function is_safe(queens, row, column)
  for r = 1, row - 1 do
    local c = queens[r]
    if c == column or c - r == column - row or c + r == column + row then return false end
  end
  return true
end
local function place(queens, row, n)
  if row > n then return 1 end
  local solutions = 0
  for column = 1, n do
    if is_safe(queens, row, column) then
      queens[row] = column
      solutions = solutions + place(queens, row + 1, n)
    end
  end
  return solutions
end
local n = 10
for round = 1, 8 do
  local queens = {}
  for i = 1, n do queens[i] = 0 end
  print(place(queens, 1, n))
end
