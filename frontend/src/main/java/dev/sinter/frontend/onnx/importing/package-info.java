/// From an ONNX graph to a graph of ours: whatever is known before the network runs, such as arithmetic on shapes, is
/// computed here and stays out of the graph.
@NullMarked
package dev.sinter.frontend.onnx.importing;

import org.jspecify.annotations.NullMarked;
