-- What wrk posts: SendBonus requests that were signed beforehand, each with its own token, one a
-- line of the file: date, authorization and body, with tabs between.
local requests, number = {}, 0

function init(arguments)
   for line in io.lines(arguments[1]) do
      local date, authorization, body = line:match("^(.-)\t(.-)\t(.*)$")
      requests[#requests + 1] = wrk.format("POST", "/", {
         ["Host"] = wrk.headers["Host"],
         ["Content-Type"] = "application/x-amz-json-1.1",
         ["X-Amz-Target"] = "MTurkRequesterServiceV20170117.SendBonus",
         ["X-Amz-Date"] = date,
         ["Authorization"] = authorization,
      }, body)
   end
end

function request()
   number = number + 1
   -- Beyond the file's end the last one again: its token is used up, so it is refused, and in no
   -- book. The very first call of this function is wrk's own check; that request is never sent.
   return requests[math.min(number, #requests)]
end
