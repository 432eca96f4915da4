-- Sends the requests of a file one after the other, and prints what came of it as JSON.
-- Arguments: the file of request targets, the media type to accept, the first line to send,
-- and the milliseconds that each connection waits between two requests.

local requests = {}
local position = 0
local pause = 0

function init(args)
   for target in io.lines(args[1]) do
      requests[#requests + 1] = wrk.format("GET", target, { ["Accept"] = args[2] })
   end
   position = tonumber(args[3]) % #requests
   pause = tonumber(args[4])
   if pause == 0 then
      delay = nil
   end
end

function request()
   position = position % #requests + 1
   return requests[position]
end

function delay()
   return pause
end

function done(summary, latency, _)
   local errors = summary.errors
   io.write(string.format(
      '{"requests": %d, "microseconds": %d, "bytes": %d, "p50": %d, "p99": %d, "max": %d, ' ..
      '"connect": %d, "read": %d, "write": %d, "status": %d, "timeout": %d}\n',
      summary.requests, summary.duration, summary.bytes,
      latency:percentile(50), latency:percentile(99), latency.max,
      errors.connect, errors.read, errors.write, errors.status, errors.timeout))
end
