/// One table row per ONNX operator says how its attributes become operators of the graph; one file per family.
@NullMarked
package dev.sinter.frontend.onnx.operator;

import org.jspecify.annotations.NullMarked;
