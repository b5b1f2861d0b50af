# The two commands are `make run` and `make test`; both install what is missing first.
# What takes more than a line lives in .ci/.

.PHONY: messages

messages: ## collect the strings into locale/, fill in the English ones, compile both
	@.ci/messages
	@.ci/compile-messages
