-- For wrk: POSTs the bodies of a file, one a line, in turn. Arguments: the file, how many a second (0: as many as are
-- answered), how many addresses they say they are forwarded for (0: none), then header names and values.
local ffi = require('ffi')
ffi.cdef('typedef struct { long seconds; long microseconds; } clock; int gettimeofday(clock *, void *);')

local requests = {}
local sent = 0
local clock = ffi.new('clock')

local function now()
  ffi.C.gettimeofday(clock, nil)
  return tonumber(clock.seconds) * 1000 + tonumber(clock.microseconds) / 1000
end

-- Moments of a Poisson process: what many senders that do not know of each other make. In milliseconds.
local function pace(perSecond)
  local due = now()
  function delay()
    due = due - math.log(1 - math.random()) * 1000 / perSecond
    return math.max(0, math.floor(due - now() + 0.5))
  end
end

function init(arguments)
  local perSecond, addresses = tonumber(arguments[2]), tonumber(arguments[3])
  local headers = {}
  for index = 4, #arguments, 2 do
    headers[arguments[index]] = arguments[index + 1]
  end
  for body in io.lines(arguments[1]) do
    if addresses > 0 then
      local nth = #requests % addresses
      headers['X-Forwarded-For'] = string.format('10.0.%d.%d', math.floor(nth / 250), nth % 250)
    end
    requests[#requests + 1] = wrk.format('POST', nil, headers, body)
  end
  if perSecond > 0 then
    pace(perSecond)
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
