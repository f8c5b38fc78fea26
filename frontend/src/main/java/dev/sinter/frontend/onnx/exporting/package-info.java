/// From a graph of ours back to ONNX.
@NullMarked
package dev.sinter.frontend.onnx.exporting;

import org.jspecify.annotations.NullMarked;
