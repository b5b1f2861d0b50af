"""How gunicorn serves the portal; GUNICORN_CMD_ARGS goes before what stands here."""

workers = 3
# A slow line waits in a thread of its own and holds nobody up; sync workers would be killed over it after 30 s.
worker_class = "gthread"
threads = 4
# (Not loaded before forking: then a reload, `kill -HUP`, would go on with the program of before.)
accesslog = "-"
# The last field is the request's number, as on error pages and in the portal's own lines.
access_log_format = '%(h)s %({x-forwarded-for}i)s %(t)s "%(r)s" %(s)s %(b)s %(M)sms %({x-request-id}o)s'
