"""The rules of registering teachers for training: values and `today` in, values or a refusal out.

Standard library only. No framework, no storage, no clock: whatever a rule needs to know is an argument.
"""
