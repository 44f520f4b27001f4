"""The fixes of this project. The modules import libcst, so only the hook that asks for fixes imports them.

``catalogue`` has all of them in their order, and ``_syntax`` what several ask of a concrete tree.
"""
