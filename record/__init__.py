"""The public record: publications, changes and editions; append-only."""
