// target: gpu
// sinter.graph 1
// graph channel_shuffle {
//   %x: f32[1,12,4,4] = input
//   %r: f32[1,3,4,4,4] = reshape(%x) shape=[1,3,4,4,4]
//   %t: f32[1,4,3,4,4] = transpose(%r) permutation=[0,2,1,3,4]
//   %y: f32[1,12,4,4] = reshape(%t) shape=[1,12,4,4]
//   %k: f32[1] = constant [2.0]
//   %z: f32[1,12,4,4] = mul(%y, %k)
//   return %z
// }
//
// schedule of t
//   transpose: buffer; i1 4 global, i2 3 global, i3 4 global, i4 4 global
// schedule of z
//   mul: buffer; c 12 global, h 4 global, w 4 global


__kernel
void k_transpose(__global const float* restrict x0,
        __global float* restrict y0) {
    const int i4 = get_global_id(0);
    const int i3 = get_global_id(1);
    const int i_i1i2 = get_global_id(2);
    y0[(i_i1i2 / 3) * 48 + (i_i1i2 % 3) * 16 + i3 * 4 + i4] = x0[(i_i1i2 % 3) * 64 + (i_i1i2 / 3) * 16 + i3 * 4 + i4];
}

__kernel
void k_mul(__global const float* restrict x0,
        __global const float* restrict w0,
        __global float* restrict y0) {
    const int w = get_global_id(0);
    const int h = get_global_id(1);
    const int c = get_global_id(2);
    y0[c * 16 + h * 4 + w] = (x0[c * 16 + h * 4 + w] * w0[0]);
}
