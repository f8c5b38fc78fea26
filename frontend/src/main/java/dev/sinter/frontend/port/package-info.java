/// What goes into a model and what comes out of it, as the model declares it.
@NullMarked
package dev.sinter.frontend.port;

import org.jspecify.annotations.NullMarked;
