/// How a network comes in: a [Model] is read from a file and becomes a graph once its shapes are known.
@NullMarked
package dev.sinter.frontend;

import org.jspecify.annotations.NullMarked;
