local function count(n)
  local total = 0
  for i = 0, n - 1 do
    for j = 0, n - 1 do
      if (i ~ j) % 3 == 0 then total = total + i * j % 7 end
    end
  end
  return total
end
print(count(5000))
