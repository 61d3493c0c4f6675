-- For wrk: POSTs the bodies of a file, one a line, in turn. Arguments: the file, then header names and values.
local requests = {}
local sent = 0

function init(arguments)
  local headers = {}
  for index = 2, #arguments, 2 do
    headers[arguments[index]] = arguments[index + 1]
  end
  for body in io.lines(arguments[1]) do
    requests[#requests + 1] = wrk.format('POST', nil, headers, body)
  end
end

function request()
  sent = sent + 1
  return requests[(sent - 1) % #requests + 1]
end

function done(summary)
  local errors = summary.errors
  local lost = errors.connect + errors.read + errors.write + errors.timeout
  io.write(string.format('\nanswers %d refused %d lost %d microseconds %d\n',
    summary.requests, errors.status, lost, summary.duration))
end
