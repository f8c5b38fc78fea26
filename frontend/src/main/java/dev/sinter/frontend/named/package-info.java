/// What users name, files and inputs, with errors that help to find the right one.
@NullMarked
package dev.sinter.frontend.named;

import org.jspecify.annotations.NullMarked;
