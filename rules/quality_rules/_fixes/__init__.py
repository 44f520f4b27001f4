"""The fixes of this project. The modules import libcst, so only the hook that asks for fixes imports them."""
