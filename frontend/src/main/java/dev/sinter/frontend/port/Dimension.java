package dev.sinter.frontend.port;

/// One extent of an input or output as its model declares it.
public sealed interface Dimension {
    /// The same for every run.
    record Fixed(long extent) implements Dimension {
        public Fixed {
            if (extent < 0) {
                throw new IllegalArgumentException("extent " + extent + " must not be negative");
            }
        }

        @Override
        public String toString() {
            return String.valueOf(extent);
        }
    }

    /// Named, such as a batch `N`; everything of one name has one extent.
    record Symbol(String name) implements Dimension {
        @Override
        public String toString() {
            return name;
        }
    }

    /// Open and without a name.
    record Unknown() implements Dimension {
        @Override
        public String toString() {
            return "?";
        }
    }
}
