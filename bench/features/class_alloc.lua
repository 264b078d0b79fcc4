local t = 0
for r = 1, 100 do
  local head = nil
  for i = 0, 9999 do head = {value = i, next = head} end
  local at = head
  while at do t = t + at.value; at = at.next end
end
print(t)
