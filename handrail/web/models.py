"""What the desk keeps: how each question stood, day by day."""

from django.db import models
from django.utils import timezone


class AnswerDay(models.Model):
    """One row is how one of the seven questions stood at the end of one day, or stands today."""

    question = models.PositiveSmallIntegerField()
    day = models.DateField()
    state = models.CharField(max_length=12)
    score = models.PositiveSmallIntegerField()
    sentence = models.TextField()
    why = models.CharField(max_length=300, blank=True)
    worked_out_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["day", "question"]
        constraints = [
            models.UniqueConstraint(fields=["question", "day"], name="one_answer_per_question_and_day"),
            models.CheckConstraint(
                condition=models.Q(question__gte=1, question__lte=7), name="answers_belong_to_one_of_seven"
            ),
            models.CheckConstraint(condition=models.Q(score__lte=3), name="answer_scores_end_at_three"),
        ]

    def __str__(self) -> str:
        return f"question {self.question} on {self.day}: {self.state}"
