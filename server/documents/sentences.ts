import { assertNever } from '../../domain/result.ts';
import { formatNumber } from '../../domain/text/numbers.ts';
import type { Language } from '../../domain/text/language.ts';
import { rowPlace } from '../../domain/text/rows.ts';
import type { RowProblem, TableFailure } from './table.ts';
import type { ZipFailureReason } from './zip.ts';

/** `50 MB` */
function megabytes(bytes: number, language: Language): string {
  return `${formatNumber(Math.round(bytes / 1_000_000), language)} MB`;
}

/** Why a file is no table that can be read, and what to do. */
export function sayTableFailure(failure: TableFailure, language: Language): string {
  const vi = language === 'vi';
  switch (failure.reason) {
    case 'empty':
      return vi ? 'Tệp không có dữ liệu.' : 'The file is empty.';
    case 'no header':
      return vi
        ? 'Không thấy dòng tiêu đề của bảng (ít nhất hai cột có tên).'
        : 'No header row was found (at least two columns with names).';
    case 'broken quotes':
      return vi
        ? `Dòng ${failure.row} có dấu ngoặc kép mở ra mà không đóng lại, nên tệp không được đọc.`
        : `In row ${failure.row} a quotation mark opens and is not closed; the file was not read.`;
    case 'not unicode':
      return vi
        ? 'Chữ trong tệp không theo bảng mã Unicode. Trong Excel, lưu lại thành .xlsx hoặc "CSV UTF-8".'
        : 'The text of the file is not in Unicode. In Excel, save it as .xlsx or "CSV UTF-8".';
    case 'damaged':
      return vi
        ? 'Tệp bị hỏng. Mở bằng Excel, lưu lại thành .xlsx rồi gửi lại.'
        : 'The file is damaged. Open it in Excel, save it as .xlsx and send it again.';
    case 'too large':
      return vi
        ? `Tệp lớn quá ${megabytes(failure.most, 'vi')}.`
        : `The file is larger than ${megabytes(failure.most, 'en')}.`;
    case 'too large unpacked':
      return vi
        ? `Khi mở ra, tệp lớn quá ${megabytes(failure.most, 'vi')} nên không được đọc.`
        : `Unpacked, the file is larger than ${megabytes(failure.most, 'en')}, and was not read.`;
    case 'encrypted':
      return vi
        ? 'Tệp có mật khẩu. Bỏ mật khẩu trong Excel rồi gửi lại.'
        : 'The file has a password. Take it off in Excel and send the file again.';
    case 'old excel':
      return vi
        ? 'Tệp theo kiểu cũ (.xls). Mở bằng Excel và lưu lại thành .xlsx.'
        : 'The file is of the old kind (.xls). Open it in Excel and save it as .xlsx.';
    case 'opendocument':
      return vi
        ? 'Tệp của LibreOffice (.ods). Lưu lại thành .xlsx rồi gửi lại.'
        : 'A file of LibreOffice (.ods). Save it as .xlsx and send it again.';
    case 'binary workbook':
      return vi
        ? 'Tệp .xlsb không đọc được. Lưu lại thành .xlsx rồi gửi lại.'
        : 'An .xlsb file cannot be read. Save it as .xlsx and send it again.';
    case 'other document':
      return vi
        ? 'Tệp này không phải bảng tính. Hãy dùng tệp .xlsx hoặc .csv.'
        : 'This file is no spreadsheet. Use an .xlsx or .csv file.';
    case 'pdf':
      return vi
        ? 'Không đọc được bảng trong tệp PDF. Hãy dùng tệp .xlsx hoặc .csv.'
        : 'Tables in PDF files cannot be read. Use an .xlsx or .csv file.';
    case 'web page':
      return vi
        ? 'Tệp là trang web mang tên bảng tính. Mở bằng Excel và lưu lại thành .xlsx.'
        : 'The file is a web page with the name of a spreadsheet. Open it in Excel and save it as .xlsx.';
    case 'unknown kind':
      return vi
        ? 'Không nhận ra loại tệp. Hãy dùng tệp .xlsx hoặc .csv.'
        : 'This kind of file is not known. Use an .xlsx or .csv file.';
    case 'unsafe archive':
      return sayZipFailure(failure.why, language);
    case 'no such sheet':
      return vi
        ? `Không có trang tính "${failure.sheet}". Tệp có: ${failure.sheets.join(', ')}.`
        : `There is no sheet "${failure.sheet}". The file has: ${failure.sheets.join(', ')}.`;
    case 'too many columns':
      return vi
        ? `Bảng có hơn ${formatNumber(failure.most)} cột.`
        : `The table has more than ${formatNumber(failure.most, 'en')} columns.`;
    default:
      return assertNever(failure);
  }
}

/** Why an archive (XLSX, DOCX) is not opened. */
export function sayZipFailure(reason: ZipFailureReason, language: Language): string {
  const vi = language === 'vi';
  switch (reason) {
    case 'encrypted':
      return vi
        ? 'Tệp có mật khẩu. Bỏ mật khẩu rồi gửi lại.'
        : 'The file has a password. Take it off and send the file again.';
    case 'not an archive':
    case 'damaged':
    case 'unknown method':
      return vi
        ? 'Tệp bị hỏng. Mở bằng phần mềm văn phòng, lưu lại rồi gửi lại.'
        : 'The file is damaged. Open it in an office program, save it and send it again.';
    case 'too many entries':
    case 'too large unpacked':
    case 'too high a ratio':
    case 'overlapping entries':
    case 'duplicate name':
    case 'unsafe name':
    case 'nested archive':
    case 'false size':
      return vi
        ? 'Tệp nén bất thường, mở ra có thể làm hỏng máy chủ, nên không được đọc.'
        : 'The file is packed in an unusual way that could harm the server, and was not read.';
    default:
      return assertNever(reason);
  }
}

/** Where a row stands that cannot be given on, and what is wrong with it. */
export function sayRowProblem(
  problem: RowProblem,
  language: Language,
): { readonly at: string; readonly message: string } {
  return { at: rowPlace(problem.row, problem.column, language), message: sayRow(problem, language === 'vi') };
}

function sayRow(problem: RowProblem, vi: boolean): string {
  switch (problem.reason) {
    case 'cell too long':
      return vi
        ? `Ô dài quá ${formatNumber(problem.most)} ký tự.`
        : `The cell is longer than ${formatNumber(problem.most, 'en')} characters.`;
    case 'too many columns':
      return vi
        ? `Dòng có hơn ${formatNumber(problem.most)} cột.`
        : `The row has more than ${formatNumber(problem.most, 'en')} columns.`;
    case 'formula error':
      return vi
        ? `Công thức báo lỗi (${problem.text}). Sửa công thức hoặc gõ giá trị.`
        : `The formula shows an error (${problem.text}). Mend it or type the value.`;
    case 'formula without value':
      return vi
        ? 'Công thức chưa có giá trị. Mở bằng Excel, lưu lại rồi gửi lại.'
        : 'The formula has no value yet. Open the file in Excel, save it and send it again.';
    case 'broken quotes':
      return vi
        ? 'Dấu ngoặc kép mở ra mà không đóng lại. Các dòng sau có thể bị đọc sai.'
        : 'A quotation mark opens and is not closed. Rows below may be read wrongly.';
    case 'too many rows':
      return vi
        ? `Bảng có hơn ${formatNumber(problem.most)} dòng. Các dòng từ đây trở đi không được đọc.`
        : `The table has more than ${formatNumber(problem.most, 'en')} rows. Those from here on were not read.`;
    case 'damaged':
      return vi
        ? 'Tệp bị hỏng từ đây. Các dòng sau không được đọc.'
        : 'The file is damaged from here on. The rows below were not read.';
    default:
      return assertNever(problem);
  }
}
