"""How gunicorn serves the portal; GUNICORN_CMD_ARGS goes before what stands here."""

workers = 3
accesslog = "-"
# The last field is the request's number, as on error pages and in the portal's own lines.
access_log_format = '%(h)s %({x-forwarded-for}i)s %(t)s "%(r)s" %(s)s %(b)s %(M)sms %({x-request-id}o)s'
