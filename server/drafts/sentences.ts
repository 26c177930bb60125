/** What a sample document is called in the place of a file's name. */
export const SAMPLE_NAME = { vi: 'Kế hoạch mẫu', en: 'Sample plan' } as const;

/** Why a deed was not done to a plan. What somebody typed is still on their page. */
export const DRAFT_SENTENCES = {
  overtaken: {
    vi: 'Người khác vừa sửa mục này. Chữ đồng chí vừa nhập chưa được ghi; hãy xem lại rồi chọn một bản.',
    en: 'Somebody else has just changed this field. What you typed is not saved yet; look at both and choose.',
  },
  gone: {
    vi: 'Người khác vừa bỏ mục này. Chữ đồng chí vừa nhập chưa được ghi.',
    en: 'Somebody else has just taken this entry out. What you typed is not saved.',
  },
  misfit: {
    vi: 'Mục này không nhận giá trị như vậy. Kế hoạch vẫn như trước.',
    en: 'This field does not take such a value. The plan is as before.',
  },
  nothingToTakeBack: {
    vi: 'Không còn thao tác nào của đồng chí để hoàn tác.',
    en: 'There is nothing of yours left to take back.',
  },
  changedSince: {
    vi: 'Người khác đã sửa tiếp chỗ này nên không hoàn tác được. Hãy sửa trực tiếp mục đó.',
    en: 'Somebody else has worked on this since, so it cannot be taken back. Change the field itself.',
  },
  hasItsConference: {
    vi: 'Hội nghị đã được tạo từ bản này. Hãy mở hội nghị để sửa kế hoạch ở đó.',
    en: 'The conference was created from this plan. Open it to correct the plan there.',
  },
  outOfDate: {
    vi: 'Người khác vừa sửa kế hoạch này. Chưa có gì được áp dụng. Hãy xem lại bản mới rồi làm tiếp.',
    en: 'Somebody else has just changed this plan. Nothing was applied. Look at it again, then go on.',
  },
  notWhole: {
    vi: 'Kế hoạch chưa đủ nên chưa tạo hội nghị. Hãy bổ sung các mục được nêu.',
    en: 'The plan is not whole, so the conference was not created. Fill in the fields named.',
  },
} as const;
