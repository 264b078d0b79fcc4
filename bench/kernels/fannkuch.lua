local function fannkuch(n)
  local first, count = {}, {}
  for i = 0, n - 1 do first[i + 1] = i; count[i + 1] = 0 end
  local most, checksum, round, r = 0, 0, 0, n
  while true do
    while r > 1 do
      count[r] = r
      r = r - 1
    end
    local perm = {}
    for i = 1, n do perm[i] = first[i] end
    local flips = 0
    local k = perm[1]
    while k ~= 0 do
      local lo, hi = 1, k + 1
      while lo < hi do
        local t = perm[lo]
        perm[lo] = perm[hi]
        perm[hi] = t
        lo = lo + 1
        hi = hi - 1
      end
      flips = flips + 1
      k = perm[1]
    end
    if flips > most then most = flips end
    if round % 2 == 0 then checksum = checksum + flips else checksum = checksum - flips end
    while true do
      if r == n then return checksum, most end
      local moved = first[1]
      for i = 1, r do first[i] = first[i + 1] end
      first[r + 1] = moved
      count[r + 1] = count[r + 1] - 1
      if count[r + 1] > 0 then break end
      r = r + 1
    end
    round = round + 1
  end
end
print(fannkuch(8))
print(fannkuch(9))
