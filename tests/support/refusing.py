"""What a person reads when an act is refused."""


def refusals(response):
    """The sentences a button that was refused leads to, on a page that answers."""
    assert response.status_code == 302
    page = response.client.get(response.url)
    assert page.status_code == 200
    return [str(message) for message in page.context["messages"]]


def refusal(response):
    """The one sentence of a refused button, or of the form that was refused."""
    if response.status_code == 302:
        (sentence,) = refusals(response)
        return sentence
    (sentence,) = {message for messages in response.context["form"].errors.values() for message in messages}
    return sentence
