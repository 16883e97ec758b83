"""The models, each behind a small typed interface: pictures in as numpy arrays, frozen results out, no Django.

`registry` hands them out; `base` says what they promise; `manifest` and `fetch` see to the model files.
"""
