"""Training of what ships, for people who have the data: scikit-learn is needed here and nowhere else in the package."""
