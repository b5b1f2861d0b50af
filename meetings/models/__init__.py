"""A meeting and all that belongs to it, from the invitation to the tasks it leaves."""

from meetings.models.announcements import Announcement
from meetings.models.attendance import Attendance
from meetings.models.awards import Award
from meetings.models.meeting import Meeting
from meetings.models.photos import Photo
from meetings.models.questions import OpenQuestion
from meetings.models.speeches import Speech
from meetings.models.tasks import Task, TaskProgress

__all__ = ["Announcement", "Attendance", "Award", "Meeting", "OpenQuestion", "Photo", "Speech", "Task", "TaskProgress"]
