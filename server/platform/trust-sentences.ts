import type { Language } from '../../domain/text/language.ts';

/** How a machine is brought to trust the authority: one system, in steps. */
export interface HowTo {
  readonly system: string;
  readonly steps: readonly string[];
}

export interface TrustWords {
  readonly title: string;
  readonly why: string;
  readonly names: string;
  readonly download: string;
  readonly forLinux: string;
  readonly compareTitle: string;
  readonly compare: string;
  readonly sha256: string;
  readonly sha1: string;
  readonly validUntil: string;
  readonly done: string;
  readonly undo: string;
  readonly howTos: readonly HowTo[];
}

/** What the page says on which a host lets their machine trust this server's authority. */
export const TRUST_WORDS: Readonly<Record<Language, TrustWords>> = {
  vi: {
    title: 'Để máy này tin máy chủ Nhịp Cầu',
    why: 'Máy chủ này chạy trong mạng riêng, nên chứng thư của nó do chính đơn vị tổ chức cấp. Máy của bạn cần tin nơi cấp đó một lần, thì camera, micrô và trang điểm danh không có mạng mới dùng được.',
    names: 'Máy chủ mang tên:',
    download: 'Bước 1. Tải chứng thư của nơi cấp',
    forLinux: 'Bản PEM cho Linux',
    compareTitle: 'Bước 2. Đối chiếu mã qua điện thoại',
    compare:
      'Gọi điện cho ban tổ chức theo số bạn đã biết từ trước và đọc mã dưới đây. Nếu khác dù một ký tự thì đừng cài, và báo ngay. Windows: mở Command Prompt, chạy certutil -hashfile nhipcau-authority.crt SHA256 để xem mã của chính tệp vừa tải.',
    sha256: 'Mã SHA-256',
    sha1: 'Mã SHA-1 (Windows ghi là Thumbprint)',
    validUntil: 'Có hiệu lực đến',
    done: 'Bước 4. Đóng hẳn trình duyệt, mở lại và vào',
    undo: 'Khi không dùng nữa: mở lại danh sách ở bước 3, chọn mục có tên như trong khung ở bước 2 và xóa.',
    howTos: [
      {
        system: 'Windows 7, 10, 11 (Chrome, Edge, Cốc Cốc)',
        steps: [
          'Nhấp đúp vào tệp nhipcau-authority.crt, bấm Open nếu được hỏi, rồi bấm Install Certificate (Cài đặt chứng chỉ).',
          'Windows 10, 11: chọn Local Machine (Máy cục bộ) để dùng cho mọi người dùng của máy (cần quyền quản trị), hoặc Current User (Người dùng hiện tại). Bấm Next.',
          'Chọn Place all certificates in the following store, bấm Browse, chọn Trusted Root Certification Authorities (Cơ quan chứng thực gốc tin cậy), bấm OK.',
          'Bấm Next, Finish, rồi Yes khi Windows hỏi lại.',
        ],
      },
      {
        system: 'Android',
        steps: [
          'Mở Cài đặt, tìm “chứng chỉ CA” (thường ở Bảo mật, Cài đặt bảo mật khác, Mã hóa và thông tin xác thực, Cài đặt chứng chỉ).',
          'Chọn Chứng chỉ CA, bấm Vẫn cài đặt, nhập khóa màn hình, rồi chọn tệp vừa tải trong mục Tải xuống.',
          'Máy có thể nhắc “mạng có thể bị giám sát”: đó là lời nhắc chung cho mọi chứng thư tự cài.',
        ],
      },
      {
        system: 'iPhone, iPad',
        steps: [
          'Mở trang này bằng Safari, bấm tải ở bước 1 và bấm Cho phép.',
          'Mở Cài đặt, bấm Đã tải về hồ sơ, rồi bấm Cài đặt.',
          'Mở Cài đặt, Cài đặt chung, Giới thiệu, Cài đặt tin cậy chứng nhận; bật công tắc của nơi cấp này.',
        ],
      },
      {
        system: 'macOS',
        steps: [
          'Nhấp đúp vào tệp vừa tải; Keychain Access mở ra, chọn System (Hệ thống) và thêm.',
          'Nhấp đúp vào chứng thư trong danh sách, mở mục Trust (Tin cậy), chọn Always Trust (Luôn tin cậy), đóng lại và nhập mật khẩu.',
        ],
      },
      {
        system: 'Linux (Chrome, Chromium)',
        steps: [
          'Mở chrome://certificate-manager (bản cũ: chrome://settings/certificates), chọn Authorities hoặc Installed by you, bấm Import, chọn tệp PEM và cho phép nhận dạng trang web.',
          'Hoặc chạy: certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n nhipcau -i nhipcau-authority.pem',
        ],
      },
      {
        system: 'Firefox (mọi hệ điều hành)',
        steps: [
          'Mở Cài đặt, Riêng tư & Bảo mật, Chứng chỉ, bấm Xem chứng chỉ, mở thẻ Nhà cung cấp, bấm Nhập.',
          'Chọn tệp vừa tải, đánh dấu “Tin tưởng CA này để xác thực trang web”, bấm OK.',
        ],
      },
    ],
  },
  en: {
    title: 'Let this machine trust the Nhịp Cầu server',
    why: 'This server runs in a closed network, so its certificate was issued by the organizers themselves. Your machine has to trust that authority once; camera, microphone and checking people in without a network work only then.',
    names: 'Names of the server:',
    download: 'Step 1. Download the certificate of the authority',
    forLinux: 'The same in PEM, for Linux',
    compareTitle: 'Step 2. Compare the code by telephone',
    compare:
      'Telephone the organizers under a number that you knew before, and read out the code below. If a single character differs, do not install it, and tell them. On Windows, certutil -hashfile nhipcau-authority.crt SHA256 in a Command Prompt shows the code of the file itself.',
    sha256: 'SHA-256 fingerprint',
    sha1: 'SHA-1 fingerprint (the Thumbprint that Windows shows)',
    validUntil: 'Valid until',
    done: 'Step 4. Close the browser altogether, open it again, and go to',
    undo: 'When it is no longer needed: open the list of step 3 again, choose the entry of the name in the frame of step 2, and remove it.',
    howTos: [
      {
        system: 'Windows 7, 10, 11 (Chrome, Edge)',
        steps: [
          'Double-click nhipcau-authority.crt, click Open if asked, then Install Certificate.',
          'Windows 10, 11: choose Local Machine for all users of the machine (needs administrator rights), or Current User. Click Next.',
          'Choose “Place all certificates in the following store”, click Browse, choose Trusted Root Certification Authorities, click OK.',
          'Click Next, Finish, and Yes when Windows asks again.',
        ],
      },
      {
        system: 'Android',
        steps: [
          'Open Settings and search for “CA certificate” (usually under Security, More security settings, Encryption and credentials, Install a certificate).',
          'Choose CA certificate, tap Install anyway, enter the screen lock, and choose the file among the downloads.',
          'The phone may say that the network may be monitored: it says so of every certificate that was installed by hand.',
        ],
      },
      {
        system: 'iPhone, iPad',
        steps: [
          'Open this page in Safari, tap the download of step 1, and tap Allow.',
          'Open Settings, tap Profile Downloaded, then Install.',
          'Open Settings, General, About, Certificate Trust Settings; turn on the switch of this authority.',
        ],
      },
      {
        system: 'macOS',
        steps: [
          'Double-click the file; Keychain Access opens. Choose System, and add it.',
          'Double-click the certificate in the list, open Trust, choose Always Trust, close it and enter the password.',
        ],
      },
      {
        system: 'Linux (Chrome, Chromium)',
        steps: [
          'Open chrome://certificate-manager (before: chrome://settings/certificates), choose Authorities or Installed by you, click Import, choose the PEM file and let it identify websites.',
          'Or run: certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n nhipcau -i nhipcau-authority.pem',
        ],
      },
      {
        system: 'Firefox (any system)',
        steps: [
          'Open Settings, Privacy & Security, Certificates, click View Certificates, open Authorities, click Import.',
          'Choose the file, tick “Trust this CA to identify websites”, click OK.',
        ],
      },
    ],
  },
};

/** The heading over the steps of each system. */
export const STEP_THREE: Readonly<Record<Language, string>> = {
  vi: 'Bước 3. Cài vào máy',
  en: 'Step 3. Install it',
};
