// target: gpu
// sinter.graph 1
// graph channel_shuffle {
//   %x: f32[1,12,4,3] = input
//   %r: f32[1,3,4,4,3] = reshape(%x) shape=[1,3,4,4,3]
//   %t: f32[1,4,3,4,3] = transpose(%r) permutation=[0,2,1,3,4]
//   %y: f32[1,12,4,3] = reshape(%t) shape=[1,12,4,3]
//   %k: f32[1] = constant [2.0]
//   %z: f32[1,12,4,3] = mul(%y, %k)
//   return %z
// }
//
// schedule of t
//   transpose: buffer; i1 4 global 2, i2 3 global 2, i3 4 global 1, i4 1:3 global 0, i4 3 local 0
// schedule of z
//   mul: buffer; c 12 global 2, h 4 global 1, w 1:3 global 0, w 3 local 0


__kernel __attribute__((reqd_work_group_size(3, 1, 1)))
void k_transpose(__global const float* restrict x0,
        __global float* restrict y0) {
    const int i4i = get_local_id(0);
    const int i3 = get_global_id(1);
    const int i_i1i2 = get_global_id(2);
    y0[(i_i1i2 / 3) * 36 + (i_i1i2 % 3) * 12 + i3 * 3 + i4i] = x0[(i_i1i2 % 3) * 48 + (i_i1i2 / 3) * 12 + i3 * 3 + i4i];
}

__kernel __attribute__((reqd_work_group_size(3, 1, 1)))
void k_mul(__global const float* restrict x0,
        __global const float* restrict w0,
        __global float* restrict y0) {
    const int wi = get_local_id(0);
    const int h = get_global_id(1);
    const int c = get_global_id(2);
    y0[c * 12 + h * 3 + wi] = (x0[c * 12 + h * 3 + wi] * w0[0]);
}
