/// Known networks with seeded random weights, to try things on.
@NullMarked
package dev.sinter.frontend.zoo;

import org.jspecify.annotations.NullMarked;
