/// One node of an ONNX graph while it is translated: its operands, its attributes, and what several operators read
/// from them alike.
@NullMarked
package dev.sinter.frontend.onnx.node;

import org.jspecify.annotations.NullMarked;
