"""What a job or a follow-up is called on a page, by the path of its function."""

TITLES = {
    "handrail.kernel.tasks.seal_the_journal": "Seal the record",
    "handrail.kernel.tasks.prove_the_journal": "Check the whole record",
    "handrail.kernel.tasks.tidy_away": "Tidy away old work",
    "handrail.listening.tasks.put_posts_in": "Put a file of posts in",
    "handrail.listening.tasks.replay_a_topic": "Look at kept posts again for a topic",
    "handrail.people.tasks.find_gaps": "Look for what leavers leave",
    "handrail.people.tasks.tidy_sign_ins": "Let go of old sign-ins",
    "handrail.people.actions.start.put_people_in": "Put a staff file in",
    "handrail.people.letters.send_letter": "Send a letter",
    "handrail.policy.tasks.bring_versions_into_force": "Bring versions into force on their day",
    "handrail.strategy.tasks.look_at_purposes_again": "Look at purposes whose day has come",
    "handrail.vetting.tasks.ask_everyone": "Invite everyone a round asks",
    "handrail.vetting.tasks.empty_letterboxes": "Let remarks without a name come out",
    "handrail.vetting.tasks.tell_answer": "Tell someone what became of their remark",
    "handrail.vetting.posts.post_to_hook": "Post to a channel",
    "handrail.vetting.posts.remind_before_closing": "Remind before a round closes",
    "handrail.vetting.posts.remind_open_part": "Write to a round’s open part",
    "handrail.vetting.posts.send_answer_nudge": "Send a friendly word about a remark",
    "handrail.vetting.posts.send_digest": "Send one person’s daily letter",
    "handrail.vetting.posts.send_nudges": "Send a friendly word to reviewers",
    "handrail.vetting.posts.send_to_stewards": "Ask the stewards of a silent group",
    "handrail.vetting.posts.write_digests": "Write the daily letters",
    "handrail.policy.tasks.remind_of_days_of_review": "Remind of days of review",
    "handrail.web.tasks.keep_todays_answers": "Write today’s answers down",
    "handrail.web.tasks.close_the_day": "Write the day’s last answers down",
    "handrail.web.tasks.build_fonts": "Make the typefaces small",
}


def title_of(path: str) -> str:
    """The title of the work; where it has none, its function’s name in words: tell_the_owner is “Tell the owner”."""
    return TITLES.get(path) or path.rpartition(".")[2].replace("_", " ").strip().capitalize() or path
