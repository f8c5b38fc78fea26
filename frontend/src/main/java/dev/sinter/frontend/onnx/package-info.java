/// ONNX files. One table row per operator says how its attributes become operators of the graph; whatever is known
/// before the network runs, such as arithmetic on shapes, is computed here and stays out of the graph.
@NullMarked
package dev.sinter.frontend.onnx;

import org.jspecify.annotations.NullMarked;
