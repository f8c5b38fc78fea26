package dev.sinter.ir.op;

/// A user's own operator: implement this as a record. Passes leave it alone, except that one which says it is
/// elementwise is fused like any other.
public non-sealed interface CustomOp extends Op {}
